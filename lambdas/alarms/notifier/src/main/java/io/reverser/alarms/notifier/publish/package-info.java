@NullMarked
package io.reverser.alarms.notifier.publish;

import org.jspecify.annotations.NullMarked;
