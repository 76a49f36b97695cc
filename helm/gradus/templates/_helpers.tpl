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

{{- define "gradus.databaseOwner" -}}
{{ include "gradus.secretEnv" (dict "name" "GRADUS_DATABASE_USERNAME" "secret" .Values.database.existingSecret "key" "username") }}
{{ include "gradus.secretEnv" (dict "name" "GRADUS_DATABASE_PASSWORD" "secret" .Values.database.existingSecret "key" "password") }}
{{- end -}}
