/**
 * The access policy: who may request which access to which cluster, for how long, and who approves. This package calls
 * neither AWS nor Slack, and uses only the module config-reader.
 */
@NullMarked
package io.reverser.access.policy;

import org.jspecify.annotations.NullMarked;
