/** A minimal AWS client that shortens cold starts: it sends signed JSON requests without the AWS SDK. */
@NullMarked
package io.reverser.awsjsonclient;

import org.jspecify.annotations.NullMarked;
