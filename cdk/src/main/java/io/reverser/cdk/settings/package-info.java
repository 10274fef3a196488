/** What an environment is like: read from one file, whole and checked, or not at all. */
@NullMarked
package io.reverser.cdk.settings;

import org.jspecify.annotations.NullMarked;
