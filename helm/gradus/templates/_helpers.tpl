{{- define "gradus.labels" -}}
app.kubernetes.io/name: gradus
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "gradus.selector" -}}
app.kubernetes.io/name: gradus
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "gradus.secretEnv" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end -}}
