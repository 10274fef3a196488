@NullMarked
package io.reverser.slack.request;

import org.jspecify.annotations.NullMarked;
