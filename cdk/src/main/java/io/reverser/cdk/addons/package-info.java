/** The add-ons that every cluster has before any application. */
@NullMarked
package io.reverser.cdk.addons;

import org.jspecify.annotations.NullMarked;
