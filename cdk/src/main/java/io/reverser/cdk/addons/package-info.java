/** What runs in every cluster of ours before any application does. */
@NullMarked
package io.reverser.cdk.addons;

import org.jspecify.annotations.NullMarked;
