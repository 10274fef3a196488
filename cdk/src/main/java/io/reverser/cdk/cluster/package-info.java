/** The EKS cluster, its machines, and who always has access. */
@NullMarked
package io.reverser.cdk.cluster;

import org.jspecify.annotations.NullMarked;
