// Command argocd does what Argo CD's application controller does with one Application, without its caches: it compares
// manifests with a cluster, by Argo CD's own packages, and says what a sync would apply.
//
//	argocd diff VALUES     fails when an object on standard input is out of sync, and prints the difference
//	argocd targets VALUES  prints what a sync would apply for the objects on standard input, at this moment
//
// VALUES is a values file of the chart argocd-apps with one Application. The cluster is that of $KUBECONFIG.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	jsonpatch "github.com/evanphx/json-patch"
	"github.com/google/go-cmp/cmp"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/managedfields"
	yamlstream "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) != 3 {
		fail(errors.New("usage: argocd diff|targets VALUES < manifests"))
	}
	app, err := readApplication(os.Args[2])
	fail(err)
	cluster, err := connect(os.Getenv("KUBECONFIG"))
	fail(err)
	targets, err := readManifests(os.Stdin)
	fail(err)
	lives, err := cluster.read(app, targets)
	fail(err)

	switch os.Args[1] {
	case "diff":
		fail(printDifferences(app, cluster.types, lives, targets))
	case "targets":
		applied, err := syncTargets(app, lives, targets)
		fail(err)
		for _, object := range applied {
			fail(json.NewEncoder(os.Stdout).Encode(object.Object))
		}
	default:
		fail(fmt.Errorf("unknown command %s", os.Args[1]))
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// application is what a comparison takes from an Application.
type application struct {
	name string
	spec v1alpha1.ApplicationSpec
}

func readApplication(path string) (application, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return application{}, err
	}
	var values struct {
		Applications map[string]v1alpha1.ApplicationSpec `json:"applications"`
	}
	if err := yaml.Unmarshal(text, &values); err != nil {
		return application{}, err
	}
	if len(values.Applications) != 1 {
		return application{}, fmt.Errorf("%s has %d Applications, expected one", path, len(values.Applications))
	}
	for name, spec := range values.Applications {
		return application{name, spec}, nil
	}
	panic("unreachable")
}

func (app application) hasSyncOption(option string) bool {
	return app.spec.SyncPolicy != nil && app.spec.SyncPolicy.SyncOptions.HasOption(option)
}

func readManifests(reader io.Reader) ([]*unstructured.Unstructured, error) {
	decoder := yamlstream.NewYAMLOrJSONDecoder(reader, 4096)
	var manifests []*unstructured.Unstructured
	for {
		manifest := &unstructured.Unstructured{}
		switch err := decoder.Decode(&manifest.Object); {
		case errors.Is(err, io.EOF):
			return manifests, nil
		case err != nil:
			return nil, err
		case len(manifest.Object) > 0:
			manifests = append(manifests, manifest)
		}
	}
}

type cluster struct {
	client dynamic.Interface
	mapper meta.RESTMapper
	types  *managedfields.GvkParser
}

func connect(kubeconfig string) (cluster, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return cluster{}, err
	}
	config.QPS = 100
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return cluster{}, err
	}
	apis, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return cluster{}, err
	}
	_, types, err := (&kube.KubectlCmd{}).LoadOpenAPISchema(config)
	if err != nil {
		return cluster{}, err
	}
	return cluster{client, restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(apis)), types}, nil
}

// read returns the live objects, nil where there is none. As before a comparison in Argo CD, each target gets the Application's
// namespace and its tracking annotation.
func (c cluster) read(app application, targets []*unstructured.Unstructured) ([]*unstructured.Unstructured, error) {
	var lives []*unstructured.Unstructured
	for _, target := range targets {
		kind := target.GroupVersionKind()
		mapping, err := c.mapper.RESTMapping(kind.GroupKind(), kind.Version)
		if err != nil {
			return nil, err
		}
		if mapping.Scope.Name() == meta.RESTScopeNameNamespace && target.GetNamespace() == "" {
			target.SetNamespace(app.spec.Destination.Namespace)
		}
		err = argo.NewResourceTracking().SetAppInstance(target, common.LabelKeyAppInstance, app.name, "", v1alpha1.TrackingMethodAnnotation, "")
		if err != nil {
			return nil, err
		}
		live, err := c.client.Resource(mapping.Resource).Namespace(target.GetNamespace()).
			Get(context.Background(), target.GetName(), metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			live = nil
		} else if err != nil {
			return nil, err
		}
		lives = append(lives, live)
	}
	return lives, nil
}

// diffConfig is as the application controller builds it, with Argo CD's default settings.
func diffConfig(ignored v1alpha1.IgnoreDifferences, types *managedfields.GvkParser, structuredMerge bool) (diff.DiffConfig, error) {
	ignoreStatus := map[string]v1alpha1.ResourceOverride{
		"*/*": {IgnoreDifferences: v1alpha1.OverrideIgnoreDiff{JSONPointers: []string{"/status"}}},
	}
	return diff.NewDiffConfigBuilder().
		WithDiffSettings(ignored, ignoreStatus, false, normalizers.IgnoreNormalizerOpts{}).
		WithTracking(common.LabelKeyAppInstance, string(v1alpha1.TrackingMethodAnnotation)).
		WithNoCache().
		WithGVKParser(types).
		WithManager(common.ArgoCDSSAManager).
		WithStructuredMergeDiff(structuredMerge).
		Build()
}

// printDifferences compares with the structured merge that server-side apply uses, and with the older three-way merge.
func printDifferences(app application, types *managedfields.GvkParser, lives, targets []*unstructured.Unstructured) error {
	outOfSync := 0
	for _, structuredMerge := range []bool{true, false} {
		config, err := diffConfig(app.spec.IgnoreDifferences, types, structuredMerge)
		if err != nil {
			return err
		}
		results, err := diff.StateDiffs(lives, targets, config)
		if err != nil {
			return err
		}
		for i, result := range results.Diffs {
			if result.Modified {
				fmt.Printf("Argo CD: %s %s is OutOfSync (structured merge: %t)\n", targets[i].GetKind(), targets[i].GetName(), structuredMerge)
				fmt.Println(cmp.Diff(decoded(result.NormalizedLive), decoded(result.PredictedLive)))
				outOfSync++
			}
		}
	}
	if outOfSync > 0 {
		return fmt.Errorf("Argo CD: %d comparisons of %d objects found a difference", outOfSync, len(targets))
	}
	return nil
}

func decoded(text []byte) any {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return string(text)
	}
	return value
}

// syncTargets returns what a sync applies: the manifests, and with RespectIgnoreDifferences the live values of ignored fields in
// them, as normalizeTargetResources does in Argo CD's controller/sync.go. That function is not exported; unlike it, this one
// replaces lists as a whole, and no ignored field of ours is in a list.
func syncTargets(app application, lives, targets []*unstructured.Unstructured) ([]*unstructured.Unstructured, error) {
	if !app.hasSyncOption("RespectIgnoreDifferences=true") {
		return targets, nil
	}
	config, err := diffConfig(app.spec.IgnoreDifferences, nil, false)
	if err != nil {
		return nil, err
	}
	normalized, err := diff.Normalize(lives, targets, config)
	if err != nil {
		return nil, err
	}
	var applied []*unstructured.Unstructured
	for i, live := range lives {
		if live == nil {
			applied = append(applied, targets[i])
			continue
		}
		target, err := withIgnoredFields(normalized.Targets[i], live, normalized.Lives[i])
		if err != nil {
			return nil, err
		}
		applied = append(applied, target)
	}
	return applied, nil
}

// withIgnoredFields returns the target with the fields that normalization removed from the live object, except its status.
func withIgnoredFields(target, live, normalizedLive *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	live, normalizedLive = live.DeepCopy(), normalizedLive.DeepCopy()
	unstructured.RemoveNestedField(live.Object, "status")
	unstructured.RemoveNestedField(normalizedLive.Object, "status")
	texts := make([][]byte, 3)
	for i, object := range []*unstructured.Unstructured{normalizedLive, live, target} {
		text, err := object.MarshalJSON()
		if err != nil {
			return nil, err
		}
		texts[i] = text
	}
	patch, err := jsonpatch.CreateMergePatch(texts[0], texts[1])
	if err != nil {
		return nil, err
	}
	patched, err := jsonpatch.MergePatch(texts[2], patch)
	if err != nil {
		return nil, err
	}
	result := &unstructured.Unstructured{}
	return result, result.UnmarshalJSON(patched)
}
