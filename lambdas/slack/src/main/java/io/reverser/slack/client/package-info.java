@NullMarked
package io.reverser.slack.client;

import org.jspecify.annotations.NullMarked;
