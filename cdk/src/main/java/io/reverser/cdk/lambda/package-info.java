/** Building blocks of functions: code, layers, tables, queues, schedules. Uses the packages {@code settings}, {@code
 * names}, {@code logs} and {@code iam}.
 */
@NullMarked
package io.reverser.cdk.lambda;

import org.jspecify.annotations.NullMarked;
