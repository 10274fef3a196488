// Evaluates the triggers and renders the templates of helm-values/argo-cd.yaml with the libraries that Argo CD uses.
package notifications

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"
	"github.com/expr-lang/expr"
	"gopkg.in/yaml.v3"
)

type values struct {
	Notifications struct {
		Subscriptions []struct{ Triggers []string }
		Triggers      map[string]string
		Templates     map[string]string
	}
}

type condition struct {
	When    string
	OncePer string `yaml:"oncePer"`
	Send    []string
}

func read(t *testing.T) values {
	t.Helper()
	text, err := os.ReadFile("../../helm-values/argo-cd.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all values
	if err := yaml.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func trigger(t *testing.T, all values, name string) condition {
	t.Helper()
	var conditions []condition
	if err := yaml.Unmarshal([]byte(all.Notifications.Triggers["trigger."+name]), &conditions); err != nil || len(conditions) != 1 {
		t.Fatalf("%s: found %d conditions, expected one: %v", name, len(conditions), err)
	}
	return conditions[0]
}

func evaluate(t *testing.T, code string, app map[string]any) any {
	t.Helper()
	env := map[string]any{"app": app, "time": map[string]any{
		"Now": time.Now,
		"Parse": func(text string) time.Time {
			parsed, err := time.Parse(time.RFC3339, text)
			if err != nil {
				panic(err)
			}
			return parsed
		},
	}}
	result, err := expr.Eval(code, env)
	if err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	return result
}

// Makes the Application look as if its health status had changed this long ago.
func since(health time.Duration, app map[string]any) map[string]any {
	app["status"].(map[string]any)["health"].(map[string]any)["lastTransitionTime"] = time.Now().Add(-health).UTC().Format(time.RFC3339)
	return app
}

// An Application as the API server returns it.
func app(health, sync, phase string, finished time.Duration, synced string) map[string]any {
	status := map[string]any{
		"health": map[string]any{"status": health, "lastTransitionTime": "2026-11-24T10:00:00Z"},
		"sync":   map[string]any{"status": sync, "revision": "c2"},
	}
	if phase != "" {
		operation := map[string]any{"phase": phase, "message": "a message with \"quotes\"\nand lines", "syncResult": map[string]any{"revision": synced}}
		if phase != "Running" {
			operation["finishedAt"] = time.Now().Add(-finished).UTC().Format(time.RFC3339)
		}
		status["operationState"] = operation
	}
	return map[string]any{"metadata": map[string]any{"name": "reverser", "namespace": "argocd"}, "status": status}
}

func TestEachProblemFiresItsTrigger(t *testing.T) {
	all := read(t)
	cases := map[string]struct {
		app   map[string]any
		fires []string
	}{
		"healthy":                               {app("Healthy", "Synced", "Succeeded", time.Hour, "c2"), []string{"on-healthy"}},
		"degraded":                              {app("Degraded", "Synced", "Succeeded", time.Hour, "c2"), []string{"on-degraded"}},
		"degraded for five minutes":             {since(5*time.Minute, app("Degraded", "Synced", "Succeeded", time.Hour, "c2")), []string{"on-degraded"}},
		"degraded, without metrics of new pods": {since(2*time.Minute, app("Degraded", "Synced", "Succeeded", 3*time.Minute, "c2")), nil},
		"missing":                               {app("Missing", "Synced", "Succeeded", time.Hour, "c2"), []string{"on-missing"}},
		"never synced":                          {app("Missing", "OutOfSync", "", 0, ""), []string{"on-missing"}},
		"before the first sync":                 {since(time.Minute, app("Missing", "OutOfSync", "", 0, "")), nil},
		"before the sync of a new commit":       {app("Healthy", "OutOfSync", "Succeeded", time.Hour, "c1"), []string{"on-healthy"}},
		"out of sync a minute after a sync":     {app("Progressing", "OutOfSync", "Succeeded", time.Minute, "c2"), nil},
		"out of sync long after a sync":         {app("Progressing", "OutOfSync", "Succeeded", 11*time.Minute, "c2"), []string{"on-out-of-sync"}},
		"a running sync":                        {app("Progressing", "OutOfSync", "Running", 0, "c2"), nil},
		"a failed sync":                         {app("Progressing", "OutOfSync", "Failed", time.Minute, "c2"), []string{"on-sync-failed"}},
		"a failed sync, an hour ago":            {app("Progressing", "OutOfSync", "Error", time.Hour, "c2"), []string{"on-sync-failed", "on-out-of-sync"}},
	}
	for name, each := range cases {
		t.Run(name, func(t *testing.T) {
			var fires []string
			for _, subscribed := range all.Notifications.Subscriptions[0].Triggers {
				if evaluate(t, trigger(t, all, subscribed).When, each.app) == true {
					fires = append(fires, subscribed)
				}
			}
			if strings.Join(fires, " ") != strings.Join(each.fires, " ") {
				t.Errorf("fires %v, expected %v", fires, each.fires)
			}
		})
	}
}

func TestFiresOncePerOccurrence(t *testing.T) {
	all := read(t)
	for _, name := range all.Notifications.Subscriptions[0].Triggers {
		once := evaluate(t, trigger(t, all, name).OncePer, app("Healthy", "OutOfSync", "Failed", time.Hour, "c2"))
		if once == nil || once == "" {
			t.Errorf("%s has no oncePer, so it would repeat", name)
		}
	}
}

func TestRendersValidSlackMessages(t *testing.T) {
	all := read(t)
	for _, name := range all.Notifications.Subscriptions[0].Triggers {
		for _, send := range trigger(t, all, name).Send {
			var message struct {
				Message string
				Slack   struct{ Attachments string }
			}
			if err := yaml.Unmarshal([]byte(all.Notifications.Templates["template."+send]), &message); err != nil || message.Message == "" {
				t.Fatalf("%s: %v", send, err)
			}
			for _, text := range []string{message.Message, message.Slack.Attachments} {
				if said := render(t, send, text); strings.Contains(said, "<no value>") {
					t.Errorf("%s renders <no value>: %s", send, said)
				}
			}
			var attachments []struct{ Color, Title, TitleLink string }
			if err := json.Unmarshal([]byte(render(t, send, message.Slack.Attachments)), &attachments); err != nil || len(attachments) != 1 {
				t.Errorf("%s is not a list of one attachment: %v", send, err)
			}
		}
	}
}

func render(t *testing.T, name, text string) string {
	t.Helper()
	parsed, err := template.New(name).Funcs(sprig.TxtFuncMap()).Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	data := map[string]any{
		"app":     app("Degraded", "OutOfSync", "Failed", time.Hour, "c2"),
		"context": map[string]any{"argocdUrl": "https://argocd.example.com"},
	}
	if err := parsed.Execute(&said, data); err != nil {
		t.Fatal(err)
	}
	return said.String()
}
