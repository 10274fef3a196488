/** A minimal AWS client for cold starts: signed JSON calls without an SDK client. */
@NullMarked
package io.reverser.awsjsonclient;

import org.jspecify.annotations.NullMarked;
