"""What an interviewer in this trade knows unexplained: acronyms, products, names of the world."""

from stories.coach.lists import words

ACRONYMS = words(
    """
    ACID ACL ACME ACM AES AI AKS ALB AMI AMQP AOP API APM AR ARM ARN ASCII ASG ASP ATM AV AVIF
    AVRO AWS AZ B2B B2C BASE BASIC BDD BFF BGP BI BIOS BSD CAP CAPEX CAPTCHA CD CDC CDK CDN CEO
    CFO CGI CI CIDR CIO CISO CLI CMO CMS CNAME CNCF COBOL COO CORS CPO CPU CQRS CRDT CRM
    CRON CRUD CSP CSR CSRF CSS CSV CTO CVE CVSS DAG DAU DB DBA DDD DDL DDOS DDoS DHCP DLQ DML
    DMZ DNS DNSSEC DOM DORA DOS DR DRY DSL DST DVD E2E EBS EC2 ECR ECS EFS EKS ELB ELK EM
    ENI EOD EOL ERD ERP ES6 ETA ETL ELT EU EUR EV FAQ FBI FE FIFO FPGA FTE FTP FTPS GB
    GBP GCP GDP GDPR GIF GIS GIT GKE GMT GNU GPG GPS GPT GPU GRPC GTM GUI HA HDD HDFS HIPAA HMAC
    HPC HR HSTS HTML HTTP HTTPS I18N IAAS IAM IBM IC IC5 IC6 IC7 ICMP ID IDE IDP IDS IEEE
    IMAP INT IO IOPS IOS IOT IP IPC IPO IPS IPSEC ISO ISP IT ITIL J2EE JAR JDBC JDK JIT JMS JMX
    JPA JPEG JPG JS JSON JSONB JSX JVM JWT KB KMS KPI L10N LAMP LAN LB LDAP LED LIFO LLM LOC LRU
    LTS M2M MAC MAU MB MBA MD5 MFA ML MLOPS MPP MQ MQTT MR MRI MRR MSSQL MTBF MTLS MTTD MTTR MVC
    MVP NAS NASA NAT NATO NDA NFC NFS NHS NIC NIST NLP NOC NPM NPS NTP NVME OAUTH OCR ODBC OIDC
    OKR OLAP OLTP OOM OOP OPEX ORM OS OTA OTP OWASP P2P PAAS PC PCI PDF PEP PGP PHI PHP PII PIN
    PIP PKI PM PMO PNG POC POS POSIX PR PRD PRS PSD2 QA QPS QR R&D RACI RAID RAM RBAC RCA RDBMS
    RDS REPL REST RFC RFI RFP RGB RHEL ROI RPC RPM RPO RPS RSA RSS RTO RTT RUM S3 SAAS SAML SAN
    SAP SASS SBOM SCIM SCM SCSS SDK SDLC SEC SEO SEV SFTP SHA SIM SKU SLA SLI SLO SME SMB
    SMS SMTP SNMP SNS SOA SOAP SOC SOLID SOX SPA SPOF SQL SQS SRE SSD SSE SSH SSL SSO SSR STAR
    STS SVG SVN SWAT TB TCO TCP TDD TFTP TLS TLD TODO TOTP TPM TPS TSV TTL TV TXT UAT UDP UI UK
    UML UN UPS URI URL US USA USB USD UTC UTF UUID UX VAT VCS VIP VLAN VM VMS VOIP VP VPC VPN
    VPS VR W3C WAF WAL WAN WAR WASM WCAG WIFI WSGI WWW WYSIWYG XHR XLS XLSX XML XP XSD XSLT XSS
    YAML YOY ZIP ZFS AB AM GA EOY OK TL VC HQ CV PHD CFP BBC CNN MIT FAANG SUV CO2 LCD LCP CLS
    TTFB PWA ES CMD DMARC SPF DKIM SEPA SWIFT IBAN KYC AML
    """
)  # fmt: skip

# Lower-case: products and terms written with a capital inside.
MIXED = words(
    """
    github gitlab bitbucket pagerduty opentelemetry graphql postgresql mysql sqlite mongodb
    dynamodb javascript typescript coffeescript nodejs clickhouse bigquery redshift cockroachdb
    rabbitmq activemq elasticsearch opensearch cloudwatch cloudformation cloudfront cloudtrail
    cloudflare documentdb elasticache eventbridge datadog newrelic sendgrid sonarqube circleci
    argocd teamcity jetbrains intellij vmware openshift openstack openid openssl openapi openai
    chatgpt linkedin youtube facebook whatsapp tiktok paypal wordpress woocommerce sharepoint
    powerpoint powershell powerbi onedrive hubspot salesforce servicenow zendesk macos ios
    ipados iphone ipad ebay icloud airbnb doordash saas paas iaas faas devops devsecops gitops
    finops mlops aiops secops dataops grpc oauth mtls ipv4 ipv6 iot kb mb gb tb khz mhz ghz phd
    mssql plsql nosql newsql websocket webrtc webassembly webp webgl webhook javaee springboot
    fastapi aspnet dotnet xunit junit nunit pytest restful usestate redux vuejs reactjs nextjs
    angularjs jquery phpmyadmin hashicorp goldengate arangodb influxdb timescaledb scylladb
    mariadb couchdb couchbase rocksdb leveldb foundationdb planetscale supabase firestore
    autoscaling bigtable pubsub snowpipe databricks mapreduce pyspark numpy scipy pytorch
    tensorflow mlflow kubeflow sagemaker xgboost lightgbm langchain huggingface hypercare
    backblaze digitalocean crowdstrike hackerone splunk sumologic logrhythm dropbox evernote
    mcdonalds starcraft truenas gitea forgejo openldap freebsd openbsd debian centos selinux
    systemd initd kafkaconnect zookeeper resttemplate hibernateorm appdynamics appsync
    apigateway stepfunctions fargate quicksight privatelink controltower guardduty
    secretsmanager kvm vsphere esxi hyperv xen docusign powerapps youtrack testrail browserstack
    launchdarkly optimizely mixpanel googleanalytics imagemagick ffmpeg opencv opengl directx
    vulkan unrealengine playstation nintendo airpods macbook wifi bluetooth dmarc lgtm ddos
    covid latex bibtex stackoverflow hackernews deepl mastercard tls prs ids
    """
)

# Lower-case: words that bear a capital and are no name of the house.
CAPITALISED = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december christmas easter thanksgiving ramadan
    diwali halloween europe asia africa america australia oceania antarctica england scotland
    wales ireland britain france germany spain italy portugal greece poland czechia austria
    switzerland belgium netherlands holland denmark sweden norway finland iceland estonia latvia
    lithuania ukraine russia turkey romania bulgaria hungary serbia croatia slovenia slovakia
    china japan korea india pakistan bangladesh indonesia malaysia singapore thailand vietnam
    philippines taiwan israel egypt morocco nigeria kenya ghana canada mexico brazil argentina
    chile peru colombia dubai qatar london paris berlin munich hamburg frankfurt vienna zurich
    geneva madrid barcelona lisbon porto rome milan amsterdam rotterdam utrecht brussels
    copenhagen stockholm oslo helsinki tampere dublin edinburgh glasgow manchester leeds warsaw
    prague budapest bucharest athens istanbul moscow kyiv tokyo osaka seoul beijing shanghai
    shenzhen mumbai delhi bangalore bengaluru hyderabad chennai pune sydney melbourne toronto
    vancouver montreal boston chicago seattle austin denver dallas houston atlanta miami
    portland oregon virginia ohio california texas york francisco vegas angeles washington
    english french german spanish italian portuguese dutch swedish norwegian danish finnish
    polish russian turkish arabic hebrew hindi chinese japanese korean european asian african
    american british irish scottish swiss austrian belgian canadian mexican brazilian indian
    australian nordic latin java python ruby perl rust kotlin scala swift clojure elixir erlang
    haskell golang go php lua dart fortran pascal delphi lisp bash linux unix windows android
    mac debian ubuntu fedora redhat alpine kubernetes docker helm terraform ansible puppet chef
    jenkins travis spinnaker argo istio envoy nginx apache tomcat jetty haproxy traefik consul
    vault nomad packer vagrant kafka flink spark storm beam airflow luigi dagster prefect hadoop
    hive presto trino impala druid pinot snowflake looker tableau redis memcached cassandra
    mongo postgres oracle sybase teradata informix neo riak elastic kibana logstash grafana
    prometheus thanos cortex jaeger zipkin sentry datadog splunk nagios zabbix opsgenie lambda
    fargate aurora athena glue kinesis cognito redshift lightsail route aws azure google amazon
    microsoft apple meta netflix uber stripe adyen twilio shopify magento salesforce workday
    zoom slack teams jira confluence notion trello asana figma miro excel word outlook gmail
    chrome firefox safari edge react angular vue svelte ember django flask rails laravel symfony
    spring hibernate express nest node npm yarn maven gradle bazel gulp webpack vite babel jest
    mocha cypress playwright selenium cucumber protobuf thrift avro parquet iceberg delta hudi
    arrow pandas keras bert llama whisper timescale vector cloud internet web ethernet bluetooth
    git subversion mercurial perforce postman swagger keycloak okta auth kerberos active
    directory citrix siebel cobol mainframe unity unreal steam agile scrum kanban lean black
    cyber valentine mother series product security platform data design sales marketing finance
    legal support operations engineering infrastructure compliance risk payments checkout search
    growth mobile backend frontend identity billing director manager head chief vice president
    principal staff senior lead board council ministry court church university school
    """
)

# Lower-case: words written in capitals to stress them.
EMPHASIS = words(
    """
    a all also always and any are as at be before after but by can do does done each every
    everything few for from had has have he her him his how i if in is it its just less many me
    more most must my never new no none not nothing now of off on once one only or our out over
    own really same she should so some stop still that the their them then there they this those
    to too two under until up very was we were what when where which who why will with without
    would wrong yes you your zero first last big
    """
)
