@NullMarked
package io.reverser.cdk.manifests;

import org.jspecify.annotations.NullMarked;
