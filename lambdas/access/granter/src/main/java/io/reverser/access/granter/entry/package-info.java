@NullMarked
package io.reverser.access.granter.entry;

import org.jspecify.annotations.NullMarked;
