/**
 * A request for access, from its creation to its end, and the table that stores it. Uses only the modules policy and
 * aws-json-client.
 */
@NullMarked
package io.reverser.access.request;

import org.jspecify.annotations.NullMarked;
