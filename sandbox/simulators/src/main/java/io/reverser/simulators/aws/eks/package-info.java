/** Amazon EKS: clusters and access entries. This package depends on the package {@code aws.api}. */
@NullMarked
package io.reverser.simulators.aws.eks;

import org.jspecify.annotations.NullMarked;
