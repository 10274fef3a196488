@NullMarked
package io.reverser.alarms.notifier.delivery;

import org.jspecify.annotations.NullMarked;
