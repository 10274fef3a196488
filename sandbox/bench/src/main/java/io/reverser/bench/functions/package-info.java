/** How long people in Slack wait for the access functions: cold, warm, and until access is there. */
@NullMarked
package io.reverser.bench.functions;

import org.jspecify.annotations.NullMarked;
