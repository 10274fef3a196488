@NullMarked
package io.reverser.alarms.notifier.message;

import org.jspecify.annotations.NullMarked;
