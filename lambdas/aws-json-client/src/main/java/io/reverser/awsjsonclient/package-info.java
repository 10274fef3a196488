/** The little of AWS that a function needs in a cold start: signed JSON calls without an SDK client. */
@NullMarked
package io.reverser.awsjsonclient;

import org.jspecify.annotations.NullMarked;
