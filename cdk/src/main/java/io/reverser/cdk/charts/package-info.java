/** Helm charts: the catalogue, the values, and the keys that each chart accepts. */
@NullMarked
package io.reverser.cdk.charts;

import org.jspecify.annotations.NullMarked;
