/** Amazon EKS: clusters and access entries. It uses {@code aws.api}. */
@NullMarked
package io.reverser.simulators.aws.eks;

import org.jspecify.annotations.NullMarked;
