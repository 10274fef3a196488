/** The servers that a rehearsed deployment uses beside an emulator of AWS. */
@NullMarked
package io.reverser.runner.rehearsal;

import org.jspecify.annotations.NullMarked;
