@NullMarked
package io.reverser.access.granter.notification;

import org.jspecify.annotations.NullMarked;
