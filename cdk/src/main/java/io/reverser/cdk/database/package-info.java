/** Aurora MySQL, and the secret with the reverser's credentials. */
@NullMarked
package io.reverser.cdk.database;

import org.jspecify.annotations.NullMarked;
