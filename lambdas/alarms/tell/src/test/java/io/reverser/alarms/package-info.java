@NullMarked
package io.reverser.alarms;

import org.jspecify.annotations.NullMarked;
