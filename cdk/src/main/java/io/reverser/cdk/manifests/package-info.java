/** The definitions that the manifests under {@code kustomize/} have to satisfy. */
@NullMarked
package io.reverser.cdk.manifests;

import org.jspecify.annotations.NullMarked;
