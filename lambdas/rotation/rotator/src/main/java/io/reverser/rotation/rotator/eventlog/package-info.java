@NullMarked
package io.reverser.rotation.rotator.eventlog;

import org.jspecify.annotations.NullMarked;
