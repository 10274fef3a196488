/** The EKS cluster, its nodes, and standing access. */
@NullMarked
package io.reverser.cdk.cluster;

import org.jspecify.annotations.NullMarked;
