/** The packaged functions of access and alarms, with an AWS and a Slack to talk with. Uses only {@code process}. */
@NullMarked
package io.reverser.runner.functions;

import org.jspecify.annotations.NullMarked;
