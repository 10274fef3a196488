/** Aurora MySQL, and the secret that applications read. */
@NullMarked
package io.reverser.cdk.database;

import org.jspecify.annotations.NullMarked;
