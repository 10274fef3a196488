/** The reverser's Argo CD Application and IAM role. */
@NullMarked
package io.reverser.cdk.app;

import org.jspecify.annotations.NullMarked;
