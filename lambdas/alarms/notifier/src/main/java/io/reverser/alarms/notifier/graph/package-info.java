@NullMarked
package io.reverser.alarms.notifier.graph;

import org.jspecify.annotations.NullMarked;
