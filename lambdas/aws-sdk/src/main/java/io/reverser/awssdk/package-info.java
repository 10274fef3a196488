/** AWS SDK clients with one configuration, and leases in DynamoDB. */
@NullMarked
package io.reverser.awssdk;

import org.jspecify.annotations.NullMarked;
