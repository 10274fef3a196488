/** What every function needs to talk with Slack: requests verified and read, messages built and sent. */
@NullMarked
package io.reverser.slack;

import org.jspecify.annotations.NullMarked;
