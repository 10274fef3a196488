/** The add-ons that are installed in every cluster before any application. */
@NullMarked
package io.reverser.cdk.addons;

import org.jspecify.annotations.NullMarked;
