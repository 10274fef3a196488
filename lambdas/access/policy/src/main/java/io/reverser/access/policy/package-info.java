/**
 * The access policy: who may request which access to which cluster, for how long, and who approves. Free of AWS and
 * Slack calls. Uses only the config reader.
 */
@NullMarked
package io.reverser.access.policy;

import org.jspecify.annotations.NullMarked;
