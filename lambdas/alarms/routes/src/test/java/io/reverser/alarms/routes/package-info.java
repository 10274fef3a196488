@NullMarked
package io.reverser.alarms.routes;

import org.jspecify.annotations.NullMarked;
