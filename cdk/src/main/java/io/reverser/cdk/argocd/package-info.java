/** Argo CD, which deploys applications from Git. */
@NullMarked
package io.reverser.cdk.argocd;

import org.jspecify.annotations.NullMarked;
