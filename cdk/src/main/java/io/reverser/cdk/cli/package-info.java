@NullMarked
package io.reverser.cdk.cli;

import org.jspecify.annotations.NullMarked;
