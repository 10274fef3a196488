/** {@code ./platform deploy}: looks whether everything is there, says what it costs, deploys, says where everything is. */
@NullMarked
package io.reverser.cdk.deploy;

import org.jspecify.annotations.NullMarked;
