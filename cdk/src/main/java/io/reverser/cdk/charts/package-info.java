/** What is installed with Helm: the catalogue, the values, and which values the charts know. */
@NullMarked
package io.reverser.cdk.charts;

import org.jspecify.annotations.NullMarked;
