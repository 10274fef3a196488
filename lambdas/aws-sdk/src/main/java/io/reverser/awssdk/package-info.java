/** AWS SDK clients with a common configuration, and leases in DynamoDB. */
@NullMarked
package io.reverser.awssdk;

import org.jspecify.annotations.NullMarked;
