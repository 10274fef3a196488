/** The rotation of the database password in maintenance windows. */
@NullMarked
package io.reverser.cdk.rotation;

import org.jspecify.annotations.NullMarked;
