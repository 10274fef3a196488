/** The settings of an environment: validated, bound to records, or rejected as a whole. */
@NullMarked
package io.reverser.cdk.settings;

import org.jspecify.annotations.NullMarked;
