@NullMarked
package io.reverser.alarms.notifier.event;

import org.jspecify.annotations.NullMarked;
