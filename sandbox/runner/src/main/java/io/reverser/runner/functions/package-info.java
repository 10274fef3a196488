/**
 * The packaged functions for cluster access and alarms, with a simulated AWS and Slack. Of the runner's other packages,
 * it uses only {@code process}.
 */
@NullMarked
package io.reverser.runner.functions;

import org.jspecify.annotations.NullMarked;
