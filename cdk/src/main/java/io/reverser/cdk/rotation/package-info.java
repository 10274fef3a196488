/** What changes the database password in maintenance windows, and what says when those are. */
@NullMarked
package io.reverser.cdk.rotation;

import org.jspecify.annotations.NullMarked;
