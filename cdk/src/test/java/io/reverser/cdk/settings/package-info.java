@NullMarked
package io.reverser.cdk.settings;

import org.jspecify.annotations.NullMarked;
