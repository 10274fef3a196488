@NullMarked
package io.reverser.cdk.charts;

import org.jspecify.annotations.NullMarked;
