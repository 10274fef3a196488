/** Who may have which access to which cluster, for how long, and who decides. Pure: no AWS, no Slack. Uses the config reader alone. */
@NullMarked
package io.reverser.access.policy;

import org.jspecify.annotations.NullMarked;
