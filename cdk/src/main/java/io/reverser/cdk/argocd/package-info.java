/** Argo CD, which brings what Git says into the cluster. */
@NullMarked
package io.reverser.cdk.argocd;

import org.jspecify.annotations.NullMarked;
