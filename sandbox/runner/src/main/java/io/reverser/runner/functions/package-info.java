/** The packaged functions of access and alarms, with a simulated AWS and Slack. Uses only {@code process}. */
@NullMarked
package io.reverser.runner.functions;

import org.jspecify.annotations.NullMarked;
