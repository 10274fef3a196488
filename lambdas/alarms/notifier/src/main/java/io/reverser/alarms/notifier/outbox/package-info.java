@NullMarked
package io.reverser.alarms.notifier.outbox;

import org.jspecify.annotations.NullMarked;
